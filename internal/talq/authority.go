package talq

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxAuthorities is the size in bytes past which a file of certificates is
// refused: the system's own bundle is some hundred kB.
const maxAuthorities = 8 << 20

// ReadAuthorities returns the system's certificate authorities and those of a file
// in PEM form. Its errors complete the sentence "the file …" and hold nothing of
// what is in the file.
func ReadAuthorities(file string) (*x509.CertPool, error) {
	content, err := readBounded(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a machine without any
	}
	found := 0
	for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		found++
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("holds a certificate that cannot be read, number %d", found)
		}
		pool.AddCert(certificate)
	}
	if found == 0 {
		return nil, errors.New(`holds no certificate in PEM form, which begins with "-----BEGIN CERTIFICATE-----"`)
	}
	return pool, nil
}

func readBounded(file string) ([]byte, error) {
	opened, err := os.Open(file) //nolint:gosec // the user names the file
	if err != nil {
		return nil, unreadableFile(err)
	}
	defer opened.Close()
	content, err := io.ReadAll(io.LimitReader(opened, maxAuthorities+1))
	switch {
	case err != nil:
		return nil, unreadableFile(err)
	case len(content) > maxAuthorities:
		return nil, fmt.Errorf("is larger than %d MiB", maxAuthorities>>20)
	case len(content) == 0:
		return nil, errors.New("is empty")
	}
	return content, nil
}

// unreadableFile leaves out the name, which the caller has.
func unreadableFile(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		err = inPath.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}
