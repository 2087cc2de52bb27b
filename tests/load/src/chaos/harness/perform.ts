import { setTimeout as pause } from 'node:timers/promises'
import { assertNever } from '@dual-random/kernel'
import type { ReplyCuttingProxy } from '@dual-random/testkit'
import type { Fault, Victim } from '../plan/fault.ts'
import type { Route } from '../plan/parts.ts'
import type { Endurable } from './endurable.ts'
import type { FaultRecord } from './fault-record.ts'
import type { RequestWatch } from './request-watch.ts'

/** What faults are done to. */
export interface Targets {
  victim(name: Victim): Endurable
  route(name: Route): ReplyCuttingProxy
  requestsOn(name: Route): RequestWatch
  moveClock(offsetMs: number): void
}

/** How long replies that are to be cut are waited for: there may be none of them. */
const cutPatienceMs = 15_000

const lookMs = 100

/** Does a fault and mends it again; what is cut short by `signal` is left to `heal`. */
export async function perform(fault: Fault, targets: Targets, signal: AbortSignal): Promise<Pick<FaultRecord, 'replies'>> {
  const forMs = (milliseconds: number): Promise<void> => pause(milliseconds, undefined, { signal })
  switch (fault.kind) {
    case 'kill': {
      const victim = targets.victim(fault.target)
      await victim.kill()
      await forMs(fault.pauseMs)
      await victim.start()
      return {}
    }
    case 'suspend': {
      const victim = targets.victim(fault.target)
      victim.suspend()
      await forMs(fault.forMs)
      victim.resume()
      return {}
    }
    case 'cut-replies': {
      const counts = targets.route(fault.target).cutReplies(fault.request, fault.count)
      const until = performance.now() + cutPatienceMs
      while (counts.done < counts.wanted && performance.now() < until) await forMs(lookMs)
      return { replies: counts }
    }
    case 'slow':
      targets.route(fault.target).delay(fault.delayMs)
      await forMs(fault.forMs)
      targets.route(fault.target).delay(0)
      return {}
    case 'silence':
      targets.route(fault.target).freeze()
      await forMs(fault.forMs)
      targets.route(fault.target).thaw()
      return {}
    case 'refuse':
      targets.route(fault.target).refuse()
      await forMs(fault.forMs)
      targets.route(fault.target).accept()
      return {}
    case 'clock':
      targets.moveClock(fault.offsetMs)
      return {}
    default:
      return assertNever(fault)
  }
}
