import type { ProgramVersion } from './versions.ts'

/** OpenTelemetry Collector. Its releases have many components; built from its modules it has the few that a laptop needs. */
function collector(version: string, libraries: { readonly stable: string; readonly go: string }): ProgramVersion<object> {
  const release = `https://github.com/open-telemetry/opentelemetry-collector-releases/releases/download/v${version}`
  return {
    version,
    capabilities: {},
    commands: ['otelcol'],
    release: {
      archiveUrl: `${release}/otelcol_${version}_{os}_{arch}.tar.gz`,
      checksumsUrl: `${release}/opentelemetry-collector-releases_otelcol_checksums.txt`,
    },
    go: { minimumVersion: libraries.go, module: { goMod: goMod(version, libraries.stable, libraries.go), main: MAIN }, versionVariable: 'main.version' },
  }
}

/** The collector's modules have two lines of versions: those that are stable, and the rest. Every one that the program imports is named, or Go takes its newest. */
function goMod(version: string, stable: string, go: string): string {
  const collectorModules = ['component', 'confmap', 'confmap/provider/fileprovider', 'exporter', 'extension', 'processor', 'receiver']
  const others = ['otelcol', 'processor/batchprocessor', 'processor/memorylimiterprocessor', 'receiver/otlpreceiver', 'service']
  const contributed = ['exporter/fileexporter', 'extension/healthcheckextension']
  const required = [
    ...collectorModules.map((name) => `go.opentelemetry.io/collector/${name} v${stable}`),
    ...others.map((name) => `go.opentelemetry.io/collector/${name} v${version}`),
    ...contributed.map((name) => `github.com/open-telemetry/opentelemetry-collector-contrib/${name} v${version}`),
  ]
  return `module sundial/otelcol\n\ngo ${go}\n\nrequire (\n${required.map((line) => `\t${line}\n`).join('')})\n`
}

const MAIN = `// Program otelcol is an OpenTelemetry Collector with the few components that a laptop needs.
package main

import (
	"log"

	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter"
	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/healthcheckextension"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
)

// Set by the linker.
var version = "0.0.0"

func components() (otelcol.Factories, error) {
	factories := otelcol.Factories{Telemetry: otelconftelemetry.NewFactory()}
	var err error
	if factories.Extensions, err = otelcol.MakeFactoryMap[extension.Factory](healthcheckextension.NewFactory()); err != nil {
		return factories, err
	}
	if factories.Receivers, err = otelcol.MakeFactoryMap[receiver.Factory](otlpreceiver.NewFactory()); err != nil {
		return factories, err
	}
	if factories.Processors, err = otelcol.MakeFactoryMap[processor.Factory](memorylimiterprocessor.NewFactory(), batchprocessor.NewFactory()); err != nil {
		return factories, err
	}
	factories.Exporters, err = otelcol.MakeFactoryMap[exporter.Factory](fileexporter.NewFactory())
	return factories, err
}

func main() {
	settings := otelcol.CollectorSettings{
		BuildInfo: component.BuildInfo{Command: "otelcol", Description: "OpenTelemetry Collector", Version: version},
		Factories: components,
		ConfigProviderSettings: otelcol.ConfigProviderSettings{ResolverSettings: confmap.ResolverSettings{
			DefaultScheme:     "file",
			ProviderFactories: []confmap.ProviderFactory{fileprovider.NewFactory()},
		}},
	}
	if err := otelcol.NewCommand(settings).Execute(); err != nil {
		log.Fatalf("collector: %v", err)
	}
}
`

/** One version: the newest whose modules are all published. */
export const COLLECTOR_VERSIONS: readonly ProgramVersion<object>[] = [collector('0.155.0', { stable: '1.61.0', go: '1.25.0' })]
