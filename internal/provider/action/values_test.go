package action

// theThreeWays are in each error about a missing or wrong token.
var theThreeWays = []string{"TALQ_TOKEN", "TALKOVER_TOKEN", "the attribute token of the provider block"}

// beyond is a whole number past int64 and past what float64 holds exactly.
const beyond = "123456789012345678901234567890"

const someSecret = "s3cr3t-value-of-a-header"
