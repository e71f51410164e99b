// Package fakeapi is a stateful fake of the Talq API, for tests and for the demo.
//
// It is built from the vendor's samples (testdata/api) and from our reading of the
// vendor's pages, here called API.md and API-AGENT.md, and from nothing else: it shares no
// code with the client, so that it cannot share the client's mistakes either. A page of the
// vendor's is named in parentheses, as (create-agent).
//
// A test talks to a [Server] from three sides:
//
//   - over HTTP, as the provider does;
//   - through the dashboard ([Server.EditAgent], [Server.AddAction], ...), as a person
//     does behind Terraform's back;
//   - through the journal, the faults and the [Behaviour], which say what was asked for,
//     what goes wrong, and how the API answers where the pages leave that open.
package fakeapi
