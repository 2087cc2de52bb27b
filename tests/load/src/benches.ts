import type { BenchName } from './bench-names.ts'
import { benchDemo } from './benches/demo.ts'
import { benchDraw } from './benches/draw.ts'
import { benchIdle } from './benches/idle.ts'
import { benchImport } from './benches/import.ts'
import { benchFlows } from './benches/messaging/flows.ts'
import { benchEvents } from './benches/messaging/latency.ts'
import { benchPoison } from './benches/messaging/poison.ts'
import { benchRelay } from './benches/messaging/relay.ts'
import { benchTakeover } from './benches/messaging/takeover.ts'
import { benchMessaging } from './benches/messaging.ts'
import { benchPlanning } from './benches/planning.ts'
import { benchPortal } from './benches/portal.ts'
import { benchProvince } from './benches/province.ts'
import { benchRoster } from './benches/roster.ts'
import type { Figure } from './figure.ts'
import type { BenchOptions } from './options.ts'

export const benches: Readonly<Record<BenchName, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  import: benchImport,
  province: benchProvince,
  roster: benchRoster,
  events: benchEvents,
  draw: benchDraw,
  planning: benchPlanning,
  portal: benchPortal,
  idle: benchIdle,
  messaging: benchMessaging,
  relay: benchRelay,
  takeover: benchTakeover,
  poison: benchPoison,
  flows: benchFlows,
  demo: benchDemo,
}
