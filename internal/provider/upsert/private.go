package upsert

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateState is what the framework hands over of it.
type PrivateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// ReadPrivate returns the value under a key of the private state, the zero value where there is
// none, and the one given for what cannot be read.
func ReadPrivate[T any](ctx context.Context, private PrivateState, key string, unreadable T, diags *diag.Diagnostics) (value T) {
	raw, problems := private.GetKey(ctx, key)
	diags.Append(problems...)
	if raw != nil && !diags.HasError() && json.Unmarshal(raw, &value) != nil {
		return unreadable
	}
	return value
}

// WritePrivate puts a value into the private state, made of texts and lists of them.
func WritePrivate(ctx context.Context, private PrivateState, key string, value any, diags *diag.Diagnostics) {
	raw, _ := json.Marshal(value) // such a value always can be
	diags.Append(private.SetKey(ctx, key, raw)...)
}
