package session

import (
	"context"
	"log/slog"
	"slices"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// subsystem is the name of the client's lines in Terraform's log.
// TF_LOG_PROVIDER=DEBUG shows them all, WARN the waits for the rate limit, and INFO those
// and for how long each published agent was off the air.
const subsystem = "talq_api"

// shortestMask is the length in bytes below which a value is not masked: it
// would make holes in words, and nothing of a secret gets into a line anyway.
const shortestMask = 6

// maskKey is where a context holds what an operation's lines must not show.
type maskKey struct{}

// Masking returns a context whose log lines hide the values of headers, and other secrets.
// It is a second wall: no line is made of them.
func Masking(ctx context.Context, headers []talq.Header, others ...talq.Secret) context.Context {
	secrets := slices.Clone(others)
	for _, header := range headers {
		secrets = append(secrets, header.Value)
	}
	return context.WithValue(ctx, maskKey{}, secrets)
}

// LogRequests writes the client's lines to Terraform's log.
func LogRequests(token talq.Secret) talq.LogFunc {
	return func(ctx context.Context, level slog.Level, message string, fields map[string]any) {
		masks := []string{token.Reveal()}
		secrets, _ := ctx.Value(maskKey{}).([]talq.Secret)
		for _, secret := range secrets {
			if value := secret.Reveal(); len(value) >= shortestMask {
				masks = append(masks, value)
			}
		}
		ctx = tflog.NewSubsystem(ctx, subsystem, tflog.WithRootFields())
		ctx = tflog.SubsystemMaskFieldValuesWithFieldKeys(ctx, subsystem, "token", "Authorization", "authorization", tfvalue.AttributeHeaders, tfvalue.AttributeHeadersWO,
			tfvalue.AttributeSecret, tfvalue.AttributeSecretWO)
		ctx = tflog.SubsystemMaskAllFieldValuesStrings(ctx, subsystem, masks...)
		ctx = tflog.SubsystemMaskMessageStrings(ctx, subsystem, masks...)
		write := tflog.SubsystemDebug
		switch {
		case level >= slog.LevelWarn:
			write = tflog.SubsystemWarn
		case level >= slog.LevelInfo:
			write = tflog.SubsystemInfo
		}
		write(ctx, subsystem, message, fields)
	}
}
