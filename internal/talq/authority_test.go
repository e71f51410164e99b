package talq

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// authority is a certificate authority that no machine knows.
type authority struct {
	pem  []byte
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "An authority of our own"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return authority{pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), cert, key}
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// signs returns a certificate for 127.0.0.1 that ends at a time.
func (a authority) signs(t *testing.T, until time.Time) tls.Certificate {
	t.Helper()
	key := newKey(t)
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// serveTLS serves an API with a certificate, and counts its requests.
func serveTLS(t *testing.T, certificate tls.Certificate) (address string, count *atomic.Int32) {
	t.Helper()
	count = new(atomic.Int32)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		count.Add(1)
		respond(w, 200, emptyList)
	}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, count
}

func writeFile(t *testing.T, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "authorities.pem")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAuthorityOfOurOwn(t *testing.T) {
	ours, other := newAuthority(t), newAuthority(t)
	hour := time.Now().Add(time.Hour)
	for name, test := range map[string]struct {
		file    []byte // nil for none
		served  tls.Certificate
		wants   string // of the error; "" for none
		unknown bool
	}{
		"the server's authority":                {ours.pem, ours.signs(t, hour), "", false},
		"among others, with text around":        {append([]byte("# ours\n"), append(other.pem, ours.pem...)...), ours.signs(t, hour), "", false},
		"none":                                  {nil, ours.signs(t, hour), "certificate signed by unknown authority", true},
		"another":                               {other.pem, ours.signs(t, hour), "certificate signed by unknown authority", true},
		"the right one, the certificate is old": {ours.pem, ours.signs(t, time.Now().Add(-time.Hour)), "expired", false},
	} {
		t.Run(name, func(t *testing.T) {
			address, count := serveTLS(t, test.served)
			config := testConfig()
			config.BaseURL = address
			if test.file != nil {
				pool, err := ReadAuthorities(writeFile(t, test.file))
				if err != nil {
					t.Fatal(err)
				}
				config.Authorities = pool
			}
			_, err := list(newClient(t, config))
			if test.wants == "" {
				if err != nil || count.Load() != 1 {
					t.Errorf("%d requests: %v", count.Load(), err)
				}
				return
			}
			var e *UnreachableError
			if !errors.As(err, &e) || e.Attempts != 1 || count.Load() != 0 {
				t.Fatalf("%d requests, error %T %v", count.Load(), err, err)
			}
			contains(t, err.Error(), test.wants)
			if IsUnknownAuthority(err) != test.unknown {
				t.Errorf("an unknown authority: %v", IsUnknownAuthority(err))
			}
		})
	}
}

// The system's authorities count beside those of the file: the API's public
// address keeps working.
func TestAuthoritiesOfTheSystemStay(t *testing.T) {
	system, err := x509.SystemCertPool()
	if err != nil {
		t.Fatal(err)
	}
	ours := newAuthority(t)
	both, err := ReadAuthorities(writeFile(t, ours.pem))
	if err != nil {
		t.Fatal(err)
	}
	system.AddCert(ours.cert)
	if !both.Equal(system) {
		t.Error("the pool is not the system's and ours")
	}
}

func TestReadAuthoritiesRefuses(t *testing.T) {
	ours := newAuthority(t)
	for name, test := range map[string]struct {
		content []byte
		want    string
	}{
		"an empty file":            {nil, "is empty"},
		"no PEM":                   {[]byte("canary"), "holds no certificate in PEM form"},
		"a certificate as DER":     {ours.cert.Raw, "holds no certificate in PEM form"},
		"a key alone":              {pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("canary")}), "holds no certificate in PEM form"},
		"a broken certificate":     {pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("canary")}), "holds a certificate that cannot be read, number 1"},
		"a broken one behind ours": {append(ours.pem, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("canary")})...), "number 2"},
		"a cut file":               {ours.pem[:len(ours.pem)/2], "holds no certificate in PEM form"},
		"a file that never ends":   {[]byte(strings.Repeat("canary\n", maxAuthorities/7+1)), "is larger than 8 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadAuthorities(writeFile(t, test.content))
			if err == nil {
				t.Fatal("no error")
			}
			contains(t, err.Error(), test.want)
			lacks(t, err.Error(), "canary")
		})
	}
	for name, file := range map[string]string{"no such file": filepath.Join(t.TempDir(), "none"), "a folder": t.TempDir(), "no name": ""} {
		t.Run(name, func(t *testing.T) {
			if _, err := ReadAuthorities(file); err == nil {
				t.Error("no error")
			} else {
				contains(t, err.Error(), "cannot be read: ")
			}
		})
	}
}

// A redirect is an error wherever it leads, and nobody there gets the token.
func TestRedirectsTakeTheTokenNowhere(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		elsewhere.Add(1)
		if r.Header.Get("Authorization") != "" {
			t.Error("the token arrived at another port")
		}
		respond(w, 200, emptyList)
	}))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for name, target := range map[string]string{
			"another port": other.URL + "/", "the same port": "/api/v1/elsewhere", "another scheme": "gopher://talq.example/", "no URL": "%zz", "nowhere": "",
		} {
			t.Run(http.StatusText(status)+" to "+name, func(t *testing.T) {
				var here atomic.Int32
				c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					here.Add(1)
					if target != "" {
						w.Header().Set("Location", target)
					}
					respond(w, status, "")
				})
				_, err := c.UpsertAction(t.Context(), "g", minimalAction())
				var e *APIError
				if !errors.As(err, &e) || e.Status != status || here.Load() != 1 || elsewhere.Load() != 0 {
					t.Errorf("%d requests here, %d elsewhere: %v", here.Load(), elsewhere.Load(), err)
				}
			})
		}
	}
}
