import type { KubernetesApi, Manifest } from '@sundial/operations/deploy'

const NODES = 6
const ZONES = 3
const VOLUMES = 6
const STORAGE_CLASS = 'simulated'

/** Nodes in three zones, and volumes that exist already, since nobody makes any. */
export async function addMachines(api: KubernetesApi): Promise<void> {
  await Promise.all(
    [...Array.from({ length: NODES }, (_, index) => node(index)), storageClass(), ...Array.from({ length: VOLUMES }, (_, index) => volume(index))].map(
      (object) => api.apply(object),
    ),
  )
}

function node(index: number): Manifest {
  const name = `node-${index}`
  const labels = { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': `zone-${index % ZONES}` }
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } }
}

function storageClass(): Manifest {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' }
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: STORAGE_CLASS, annotations }, provisioner: 'kubernetes.io/no-provisioner' }
}

function volume(index: number): Manifest {
  const name = `volume-${index}`
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'], storageClassName: STORAGE_CLASS, hostPath: { path: `/nowhere/${name}` } },
  }
}
