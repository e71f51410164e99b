package fakeapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// decodeJSON reads exactly one JSON value and keeps numbers as they were written.
func decodeJSON(data []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}

func encodeJSON(value any) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("fakeapi: %v", err)) // Only values that came from JSON get here.
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}

// plain turns Go values into what their JSON decodes to: a deep copy with
// [json.Number] for every number.
func plain(fields map[string]any) map[string]any {
	if fields == nil {
		return map[string]any{}
	}
	value, err := decodeJSON(encodeJSON(fields))
	if err != nil {
		panic(fmt.Sprintf("fakeapi: %v", err))
	}
	object, ok := value.(map[string]any)
	if !ok {
		panic("fakeapi: an object did not stay one")
	}
	return object
}

// mapStrings applies change to every string inside value, at any depth, into a copy.
func mapStrings(value any, change func(string) any) any {
	switch value := value.(type) {
	case string:
		return change(value)
	case []any:
		mapped := make([]any, len(value))
		for i, item := range value {
			mapped[i] = mapStrings(item, change)
		}
		return mapped
	case map[string]any:
		mapped := make(map[string]any, len(value))
		for key, item := range value {
			mapped[key] = mapStrings(item, change)
		}
		return mapped
	default:
		return value
	}
}
