package provider_test

import (
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// behindTLS serves the fake over TLS with a certificate that no machine knows,
// and returns its address and that certificate in PEM form. It is one for
// 127.0.0.1 and for example.com with what is below it.
func behindTLS(w acctest.World, t *testing.T) (server *httptest.Server, certificate []byte) {
	t.Helper()
	target, err := url.Parse(w.BaseURL())
	if err != nil {
		t.Fatal(err)
	}
	target.Path = ""
	server = httptest.NewUnstartedServer(httputil.NewSingleHostReverseProxy(target))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}

func TestPrivateAuthority(t *testing.T) {
	w := acctest.NewWorld(t)
	server, certificate := behindTLS(w, t)
	ws := acctest.NewWorkspace(t, acctest.ProviderBlock(server.URL+"/api/v1", w.Token()))
	ws.Write("main.tf", acctest.HoldAction("h", "hold", ""))
	ws.Write("ca.pem", string(certificate))

	t.Log("without it the error says what to do")
	ws.ApplyFails().Says("certificate signed by unknown authority", "If a private authority signs for this address", "ca_cert_file in the provider block", session.EnvCACert)
	w.Made(t, acctest.Ops{})

	t.Log("with the attribute")
	ws.Replace("provider.tf", "provider \"talq\" {\n", "provider \"talq\" {\n  ca_cert_file = \"${path.root}/ca.pem\"\n")
	ws.Write("ca.pem", string(certificate))
	ws.T.Chdir(ws.Dir) // the provider runs in this process, not in the CLI's folder
	ws.Apply()

	t.Log("with the variable; the attribute comes first")
	ws.Replace("provider.tf", "  ca_cert_file = \"${path.root}/ca.pem\"\n", "")
	t.Setenv(session.EnvCACert, filepath.Join(ws.Dir, "ca.pem"))
	ws.PlanEmpty()
	ws.Replace("provider.tf", "provider \"talq\" {\n", "provider \"talq\" {\n  ca_cert_file = \"other.pem\"\n")
	ws.PlanFails().Says(`The file "other.pem" cannot be read`)
}

func TestPrivateAuthorityThatIsWrong(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for name, row := range map[string]struct{ file, says string }{
		"no such file":   {filepath.Join(folder, "none.pem"), "cannot be read: " + syscall.ENOENT.Error()}, // in the words of the system
		"a folder":       {folder, "cannot be read"},
		"an empty file":  {write("empty.pem", ""), "is empty"},
		"no certificate": {write("text.pem", acctest.SomeSecret), "holds no certificate in PEM form"},
		"an empty name":  {"", "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			expect := func(got check.Said) {
				t.Helper()
				got.Are(t, "error at ca_cert_file: No usable certificate authority").
					Hold(t, "The file "+strconv.Quote(row.file)+" "+row.says, "the attribute ca_cert_file", session.EnvCACert, "Correct the path or the file").Lack(t, acctest.SomeSecret)
			}
			expect(acctest.NewProtocol(t).Configure(acctest.Values{"token": tokenOfBlock, "ca_cert_file": row.file}))
			t.Setenv(session.EnvCACert, row.file)
			if got := acctest.NewProtocol(t).Configure(acctest.Values{"token": tokenOfBlock}); row.file == "" {
				got.None(t) // an empty variable counts as not set
			} else {
				expect(got)
			}
		})
	}
}

// tunnels is an HTTP proxy: it connects whatever is asked for with one address,
// and keeps what it was asked.
type tunnels struct {
	to    string
	mu    sync.Mutex
	asked []string
}

func (p *tunnels) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.Host+" "+r.Header.Get("Authorization"))
	p.mu.Unlock()
	there, err := net.Dial("tcp", p.to)
	if err != nil || r.Method != http.MethodConnect {
		http.Error(w, "no", http.StatusBadGateway)
		return
	}
	defer there.Close()
	here, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer here.Close()
	_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() { _, _ = io.Copy(there, here) }()
	_, _ = io.Copy(here, there)
}

// TestProxyOfTheEnvironment runs the built provider, since net/http reads these
// variables once in a process. The token passes the proxy inside TLS only.
func TestProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	server, certificate := behindTLS(w, t)
	proxy := &tunnels{to: server.Listener.Addr().String()}
	listener := httptest.NewServer(proxy)
	t.Cleanup(listener.Close)
	ws := acctest.NewWorkspace(t, acctest.ProviderBlock("https://talq.example.com/api/v1", w.Token()))
	ws.Write("main.tf", acctest.HoldAction("h", "hold", ""))
	ws.Write("ca.pem", string(certificate))
	ws.OwnProcess()
	ws.Env = []string{"HTTPS_PROXY=" + listener.URL, "NO_PROXY=", "no_proxy=", session.EnvCACert + "=ca.pem"}
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	proxy.mu.Lock()
	defer proxy.mu.Unlock()
	if len(proxy.asked) == 0 {
		t.Error("the proxy was not used")
	}
	for _, asked := range proxy.asked {
		if strings.TrimSpace(asked) != "CONNECT talq.example.com:443" {
			t.Errorf("the proxy was asked %q", asked)
		}
	}
}
