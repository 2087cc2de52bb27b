import type { Metrics } from '@dual-random/runtime'
import { Counter, Gauge } from 'prom-client'
import type { Mirror, MirrorOptions } from './app/mirror.ts'

/** What operators see of the public files: kept, missing, and what came of asking for them. */
export function openMirrorMetrics({ registry }: Metrics, mirrors: ReadonlyMap<string, Mirror>) {
  const registers = [registry]
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, labelNames: ['region'], registers })
  const files = gauge('dr_witness_mirror_files', 'Public files kept')
  const bytes = gauge('dr_witness_mirror_bytes', 'Bytes of the public files kept')
  const missing = gauge('dr_witness_mirror_missing', 'Public files that the log names and that are not kept')
  const fetches = new Counter({
    name: 'dr_witness_mirror_fetches_total',
    help: 'Public files asked for, by what came of it',
    labelNames: ['region', 'file', 'outcome'],
    registers,
  })
  return {
    told:
      (region: string): MirrorOptions['told'] =>
      (file, outcome) =>
        fetches.inc({ region, file, outcome }),
    /** Sets the gauges to what is so now. */
    read: (): void => {
      for (const [region, mirror] of mirrors) {
        files.set({ region }, mirror.files)
        bytes.set({ region }, mirror.bytes)
        missing.set({ region }, mirror.missing().length)
      }
    },
  }
}
