package session

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Lasting is how long what has to be found out or put right may take after Terraform was
// interrupted.
const Lasting = time.Minute

// Unkeyed is a create for which the API has no key that would make it safe to repeat. What
// an earlier one may have made, and what one with a lost answer has made, is told by all
// that can be read of it (API-AGENT.md, ruling 3).
type Unkeyed[T any] struct {
	Kind        Kind
	Key, Value  string    // the attribute that tells two of them apart, and what the plan has there
	Parent      string    // what stands before an id in an import id: "agent-1/", or nothing
	Operation   Operation // the create
	ID          func(T) string
	CreatedAt   func(T) *string
	MayBeOurs   func(T) bool                                  // it has the plan's Value, and no state of this run holds it
	IsWhatWeAsk func(ctx context.Context, one T) (T, bool)    // with all its parts, and whether the plan's create makes just that
	NewerThan   func(context.Context, time.Time) ([]T, error) // those that were not created before a time of our clock
}

// RefuseLeftOver reports whether there is something that an interrupted apply may have left,
// and says so with what else to do.
func (u Unkeyed[T]) RefuseLeftOver(left []T, otherwise string, diags *diag.Diagnostics) bool {
	if len(left) == 0 {
		return false
	}
	diags.AddError(u.Kind.CapitalOne()+" like this exists already", fmt.Sprintf(
		"Nothing was sent for the %s. As far as the API shows, it would be the same as one that exists already: %s. "+
			"Most likely an earlier apply was interrupted after it had created that %s. To take it over, run `terraform import ADDRESS %s%s` and apply again. %s",
		u.Operation.Subject, u.candidates(left), u.Kind, u.Parent, u.ID(left[0]), otherwise))
	return true
}

// FindLost returns what a create has made whose answer got lost: the one that is not older
// than the call, that no state holds, and of which all that can be read is as the plan has
// it. Where there is none, or more than one, it reports that with all that may be it.
func (u Unkeyed[T]) FindLost(ctx context.Context, before []T, lost *talq.OutcomeUnknownError, diags *diag.Diagnostics) (found T, ok bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), Lasting)
	defer cancel()
	newer, err := u.NewerThan(ctx, lost.StartedAt)
	if err != nil {
		AddAPIError(diags, u.Operation.Ending(fmt.Sprintf(
			"The search for what it may have created failed too: %s\n\nLook in the dashboard for %s with the %s %q before you apply again.", err, u.Kind.One(), u.Key, u.Value)), lost)
		return found, false
	}
	fresh := slices.DeleteFunc(newer, func(one T) bool {
		return !u.MayBeOurs(one) || slices.ContainsFunc(before, func(old T) bool { return u.ID(old) == u.ID(one) })
	})
	var ours []T
	for _, one := range fresh {
		if whole, ok := u.IsWhatWeAsk(ctx, one); ok {
			ours = append(ours, whole)
		}
	}
	switch {
	case len(ours) == 1:
		diags.AddWarning(u.Kind.CapitalOne()+" was found again", fmt.Sprintf(
			"The answer to the create of the %s was lost, but the %s was created: %s. It is the only new %[2]s that matches the configuration in all that the API shows, and no state of this run has it. So this resource manages it from now on.",
			u.Operation.Subject, u.Kind, u.candidates(ours)))
		return ours[0], true
	case len(fresh) == 0:
		AddAPIError(diags, u.Operation.Ending(fmt.Sprintf(
			"There is no new %s with this %s so far. If one appears later, the next apply sees it and creates no second one.", u.Kind, u.Key)), lost)
	default:
		AddAPIError(diags, u.Operation.Ending(fmt.Sprintf(
			"It may have created one of these: %s. Take the right one over with `terraform import ADDRESS %sID`, or delete it in the dashboard.", u.candidates(fresh), u.Parent)), lost)
	}
	return found, false
}

// candidates lists some for a message.
func (u Unkeyed[T]) candidates(all []T) string {
	const most = 20
	var lines []string
	for _, one := range all[:min(most, len(all))] {
		line := tfvalue.Escaped(u.ID(one))
		if at := u.CreatedAt(one); at != nil {
			line += " (created at " + tfvalue.Escaped(*at) + ")"
		}
		lines = append(lines, line)
	}
	if len(all) > most {
		lines = append(lines, fmt.Sprintf("and %d more", len(all)-most))
	}
	return strings.Join(lines, ", ")
}
