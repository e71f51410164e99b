//go:build unix

package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// BenchmarkProcess is all that a plan without changes asks of the provider, as a process of
// its own behind gRPC: cpu-ms/resource is all of its CPU time, with that of its start, and
// peak-MB the most memory that it had.
func BenchmarkProcess(b *testing.B) {
	for _, n := range []int{200, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			run := newBenchRun(b, n)
			run.beginRun()
			read := run.readRequests()
			binary := buildForBench(b, "../..")
			var cpu time.Duration
			var peak float64
			for b.Loop() {
				p := startProcess(b, binary)
				p.call("ConfigureProvider", message{"terraformVersion": acctest.ProtocolVersion, "config": packed(acctest.Pack(b, acctest.Build(b, run.Schema.Provider.ValueType(), run.block)))})
				var actions errgroup.Group
				actions.SetLimit(atOnce)
				for i := range n {
					state := packed(read[i].CurrentState)
					config := packed(acctest.Pack(b, run.Action(benchAction(run.agent, i))))
					raw, err := json.Marshal(acctest.Plain(b, run.states[i]))
					run.Check(err)
					identity := message{"identityData": packed(read[i].CurrentIdentity.IdentityData)}
					actions.Go(func() error {
						p.call("UpgradeResourceState", message{"typeName": "talq_action", "rawState": message{"json": raw}})
						p.call("ReadResource", message{"typeName": "talq_action", "currentState": state, "private": read[i].Private, "currentIdentity": identity})
						p.call("ValidateResourceConfig", message{"typeName": "talq_action", "config": config})
						p.call("PlanResourceChange", message{"typeName": "talq_action", "config": config, "priorState": state, "proposedNewState": state, "priorPrivate": read[i].Private, "priorIdentity": identity})
						return nil
					})
				}
				run.Check(actions.Wait())
				used, most := p.end()
				cpu += used
				peak = max(peak, most)
			}
			b.ReportMetric(cpu.Seconds()*1000/float64(b.N*n), "cpu-ms/resource")
			b.ReportMetric(peak, "peak-MB")
		})
	}
}

// process is a provider that listens.
type process struct {
	b       *testing.B
	command *exec.Cmd
	conn    *grpc.ClientConn
}

func startProcess(b *testing.B, binary string) *process {
	b.Helper()
	command := exec.CommandContext(b.Context(), binary)
	command.Env = providerEnvironment()
	words := strings.Split(startForBench(b, command, 1)[0], "|") // 1|6|unix|/tmp/plugin|grpc|
	conn, err := grpc.NewClient(words[2]+":"+words[3], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		b.Fatal(err)
	}
	return &process{b, command, conn}
}

// message is one of the protocol in the form of JSON, in which bytes are base64.
type message map[string]any

func packed(value *tfprotov6.DynamicValue) message { return message{"msgpack": value.MsgPack} }

// call makes a call of the protocol, which is to be answered with no diagnostics. The types
// of the messages are internal to terraform-plugin-go, but they are registered.
func (p *process) call(name string, request message) {
	p.b.Helper()
	descriptor, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName("tfplugin6.Provider." + name))
	p.check(err)
	method := descriptor.(protoreflect.MethodDescriptor)
	asks, err := protoregistry.GlobalTypes.FindMessageByName(method.Input().FullName())
	p.check(err)
	answers, err := protoregistry.GlobalTypes.FindMessageByName(method.Output().FullName())
	p.check(err)
	text, err := json.Marshal(request)
	p.check(err)
	asked, answer := asks.New(), answers.New()
	p.check(protojson.Unmarshal(text, asked.Interface()))
	p.check(p.conn.Invoke(p.b.Context(), "/tfplugin6.Provider/"+name, asked.Interface(), answer.Interface()))
	if answer.Get(answers.Descriptor().Fields().ByName("diagnostics")).List().Len() > 0 {
		p.b.Errorf("%s: %v", name, answer.Interface())
	}
}

// check ends the benchmark at an error, from whatever goroutine.
func (p *process) check(err error) {
	p.b.Helper()
	if err != nil {
		panic(err)
	}
}

// end ends the process and returns what it has used.
func (p *process) end() (cpu time.Duration, peakMB float64) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid)) // of Linux only
	if _, after, found := strings.Cut(string(status), "VmHWM:"); found {
		_, _ = fmt.Sscan(after, &peakMB)
	}
	_ = p.conn.Close()
	_ = p.command.Process.Kill()
	_ = p.command.Wait() // it was killed
	return p.command.ProcessState.UserTime() + p.command.ProcessState.SystemTime(), peakMB * 1024 / 1e6
}
