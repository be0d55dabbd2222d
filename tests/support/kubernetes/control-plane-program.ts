import type { GoProgram } from '../go-program.ts'

const VERSION = '1.35.4'
const GO = '1.25.0'
const ETCD = '3.6.5'

/** Modules that Kubernetes keeps in its own repository: each is published at the same version, with 0 for 1. */
const STAGING = [
  'api',
  'apiextensions-apiserver',
  'apimachinery',
  'apiserver',
  'cli-runtime',
  'client-go',
  'cloud-provider',
  'cluster-bootstrap',
  'code-generator',
  'component-base',
  'component-helpers',
  'controller-manager',
  'cri-api',
  'cri-client',
  'csi-translation-lib',
  'dynamic-resource-allocation',
  'endpointslice',
  'externaljwt',
  'kms',
  'kube-aggregator',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'metrics',
  'mount-utils',
  'pod-security-admission',
  'sample-apiserver',
  'sample-cli-plugin',
  'sample-controller',
]

function goMod(): string {
  const staging = STAGING.map((name) => `\tk8s.io/${name} => k8s.io/${name} v0.${VERSION.slice(2)}\n`)
  const required = [`k8s.io/kubernetes v${VERSION}`, `go.etcd.io/etcd/server/v3 v${ETCD}`].map((line) => `\t${line}\n`)
  return `module sundial/control-plane\n\ngo ${GO}\n\nrequire (\n${required.join('')})\n\nreplace (\n${staging.join('')})\n`
}

const MAIN = `// Program control-plane is Kubernetes' own programs in one file, which is linked once: the first argument, or the name that it is started by, says which.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	"k8s.io/component-base/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

var programs = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllers.NewControllerManagerCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubectl":                 kubectl.NewDefaultKubectlCommand,
}

func main() {
	args := os.Args
	if _, called := programs[filepath.Base(args[0])]; !called {
		args = args[1:]
	}
	if len(args) == 1 && args[0] == "--version" {
		fmt.Println("Kubernetes", version.Get().GitVersion)
		return
	}
	if len(args) > 0 && args[0] == "etcd" {
		etcdmain.Main(args)
		return
	}
	if len(args) > 0 && programs[filepath.Base(args[0])] != nil {
		os.Args = args
		os.Exit(cli.Run(programs[filepath.Base(args[0])]()))
	}
	fmt.Fprintln(os.Stderr, "usage: control-plane etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubectl [flags]")
	os.Exit(2)
}
`

/** etcd, the API server, the controller manager, the scheduler and kubectl, from their own sources. */
export const CONTROL_PLANE: GoProgram = {
  name: 'kubernetes-control-plane',
  version: VERSION,
  go: {
    minimumVersion: GO,
    module: { goMod: goMod(), main: MAIN },
    // What clients parse; with the prefix that theirs has.
    versionVariable: 'k8s.io/component-base/version.gitVersion',
    versionPrefix: 'v',
  },
}

/** Plays kubelets: its nodes run no containers. */
export const KWOK: GoProgram = {
  name: 'kwok',
  version: '0.8.0',
  go: { minimumVersion: '1.26.0', packages: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' } },
}
