package fakeapi

import (
	"encoding/json"
	"strconv"
	"strings"
)

// decimal is a number as answers show it; anything else stays as it is.
func (b Behaviour) decimal(value any) any {
	number, ok := value.(json.Number)
	if !ok || b.Decimals == DecimalsAsSent {
		return value
	}
	float, err := number.Float64()
	if err != nil {
		return value
	}
	shortest := strconv.FormatFloat(float, 'f', -1, 64)
	_, fraction, _ := strings.Cut(shortest, ".")
	if b.Decimals == DecimalsPadded && len(fraction) < 2 {
		return json.Number(strconv.FormatFloat(float, 'f', 2, 64))
	}
	return json.Number(shortest)
}
