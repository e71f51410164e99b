package talq

import (
	"context"
	"net/http"
)

// ActionIntegration is an entry of the catalogue of integrations.
type ActionIntegration struct {
	Identifier  string `json:"identifier"` // what goes into an action's integration.id
	DisplayName string `json:"display_name"`
	Description string `json:"description"`
	Category    string `json:"category"`
	IconURL     string `json:"icon_url"`
}

// ListActionIntegrations returns the whole catalogue.
func (c *Client) ListActionIntegrations(ctx context.Context) ([]ActionIntegration, error) {
	return all(ctx, c, request{method: http.MethodGet, segments: []string{"action-integrations"}},
		func(i ActionIntegration) string { return i.Identifier })
}
