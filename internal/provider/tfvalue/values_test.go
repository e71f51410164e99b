package tfvalue

const (
	pow60 = "1152921504606846976" // 2^60, which no float64 sum of ours may round
	// beyond is a whole number past int64 and past what float64 holds exactly.
	beyond = "123456789012345678901234567890"
)
