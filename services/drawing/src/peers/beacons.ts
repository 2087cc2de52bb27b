import {
  type BeaconChain,
  type BeaconSource,
  type DrawChain,
  type Environment,
  isBadPulse,
  openSource,
  type RelayAnswer,
} from '@dual-random/beacon'
import { ConfigError, type Logger } from '@dual-random/runtime'
import type { BeaconConfig } from '../config-beacons.ts'
import type { BeaconMetrics } from './beacon-metrics.ts'

export interface Observers {
  readonly metrics: BeaconMetrics
  readonly logger: Logger
}

/** Opens the beacons that are configured, each with its relays. Throws `ConfigError` for a `self` beacon outside demo and test. */
export function openBeacons(
  configured: readonly BeaconConfig[],
  environment: Environment,
  observers: Observers,
): readonly BeaconSource<DrawChain>[] {
  return configured.map(({ chain, relays, timeoutMs, hedgeMs }) => {
    const opened = openSource(chain, relays, environment, {
      heard: (answer, { source }) => heardRelay(observers, source, answer),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(hedgeMs === undefined ? {} : { hedgeMs }),
    })
    if (!opened.ok) throw new ConfigError([`DR_BEACONS: ${chain.source} 只可用于演示和测试 (a self source is for demo and test only)`])
    return observed(opened.value, observers.metrics)
  })
}

/** A relay that serves what the beacon did not sign is an incident: no network makes such bytes by itself. */
function heardRelay({ metrics, logger }: Observers, source: string, { relay, round, result }: RelayAnswer): void {
  const outcome = outcomeOf(result)
  metrics.relayAnswers.inc({ source, relay, outcome })
  if (result.ok) return
  const told = { source, relay, round, error: result.error }
  if (outcome === 'bad-pulse') logger.error(told, 'a relay served a pulse that is not the beacon’s')
  else if (outcome === 'failed') logger.warn(told, 'a relay did not answer')
}

function outcomeOf(result: RelayAnswer['result']): 'valid' | 'absent' | 'failed' | 'bad-pulse' {
  if (result.ok) return 'valid'
  if (isBadPulse(result.error)) return 'bad-pulse'
  return result.error.code === 'not-there' ? 'absent' : 'failed'
}

/** Keeps account of since when a beacon has been away. Alarms compare with the time of the machines, so this is not the draw's clock. */
function observed<C extends BeaconChain>(source: BeaconSource<C>, { unavailableSince }: BeaconMetrics): BeaconSource<C> {
  const labels = { source: source.chain.source }
  let since = 0
  unavailableSince.set(labels, 0)
  const answered = (isThere: boolean): void => {
    since = isThere ? 0 : since || Math.floor(Date.now() / 1000)
    unavailableSince.set(labels, since)
  }
  return {
    chain: source.chain,
    pulse: async (round, signal) => {
      const pulse = await source.pulse(round, signal)
      answered(pulse.ok)
      return pulse
    },
    probe: async (round, signal) => {
      const answers = await source.probe(round, signal)
      answered(answers.some(({ result }) => result.ok))
      return answers
    },
  }
}
