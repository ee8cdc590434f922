package endpoint_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk/endpoint"
)

func ExampleOffers() {
	for _, service := range []string{"com.amazonaws.us-east-1.s3", "com.amazonaws.us-east-1.sqs"} {
		offer, _ := endpoint.Offers(service)
		fmt.Println(service, offer.Gateway, offer.Interface)
	}
	// Output:
	// com.amazonaws.us-east-1.s3 true true
	// com.amazonaws.us-east-1.sqs false true
}

func ExampleServiceNamed() {
	fmt.Println(endpoint.ServiceNamed("photos.s3.eu-west-1.amazonaws.com"))
	fmt.Println(endpoint.PublicNames("com.amazonaws.eu-west-1.sqs"))
	// Output:
	// com.amazonaws.eu-west-1.s3 true
	// [sqs.eu-west-1.amazonaws.com sqs.eu-west-1.api.aws]
}

func ExampleParseIPRanges() {
	ranges, err := endpoint.ParseIPRanges([]byte(`{"prefixes": [
		{"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3", "network_border_group": "us-east-1"}
	]}`))
	fmt.Println(endpoint.RangesOf("com.amazonaws.us-east-1.s3", ranges), err)
	// Output: [52.216.0.0/15] <nil>
}
