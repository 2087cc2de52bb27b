import type { BenchName } from './bench-names.ts'
import { benchDemo } from './benches/demo.ts'
import { benchDraw } from './benches/draw.ts'
import { benchEvents } from './benches/events.ts'
import { benchIdle } from './benches/idle.ts'
import { benchImport } from './benches/import.ts'
import type { Figure } from './figure.ts'
import type { BenchOptions } from './options.ts'

export const benches: Readonly<Record<BenchName, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  import: benchImport,
  events: benchEvents,
  draw: benchDraw,
  idle: benchIdle,
  demo: benchDemo,
}
