import { ed25519Key } from '@dual-random/beacon'
import { type DrawHash, deriveDrawId, signDigest, tipOf } from '@dual-random/draw'
import { fromHex } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { type RevealRecord, recordDigest, type TipRecord } from '@dual-random/witness'
import { provinceCode } from '../world/cities.ts'
import { provincialUnitId } from '../world/units.ts'
import type { PlannedDraw } from './draws.ts'
import type { Scenario } from './scenario.ts'

const hash: DrawHash = { name: 'sha256', digest: (bytes) => digest('sha256', bytes) }
const unitId = provincialUnitId

/**
 * The superior's part in a draw of the scenario: a secret of its own, promised before the freeze and revealed once S stands. Here it derives from the
 * seed like everything else; real units make theirs with `dual-random unit secret`, as the federated run does.
 */
export function superiorOf({ world: { keys, publicSession } }: Scenario) {
  const { sign } = ed25519Key(fromHex(keys.hex(`superior ${provinceCode}`)) as Uint8Array)
  const signer = { keyId: `superior-${provinceCode}`, sign }
  const secretFor = (drawId: string) => ({ unitId, secret: keys.hex(`superior's secret ${drawId}`) })
  const enter = async ({ plan: { regionCode } }: PlannedDraw, kind: 'tip' | 'reveal', record: TipRecord | RevealRecord): Promise<void> => {
    const entry = { kind, record, ...signDigest(signer, kind, regionCode, record.drawId, recordDigest(hash, record)) }
    await publicSession.post(`/drawing/v1/public/region-logs/${regionCode}/entries`, entry)
  }
  return {
    giveTip: (planned: PlannedDraw): Promise<void> => {
      const drawId = drawIdOf(planned)
      return enter(planned, 'tip', { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, secretFor(drawId)) })
    },
    reveal: (planned: PlannedDraw, commitment: string): Promise<void> => {
      const drawId = drawIdOf(planned)
      return enter(planned, 'reveal', { type: 'dual-random/reveal/v1', drawId, commitment, ...secretFor(drawId) })
    },
  }
}

const drawIdOf = ({ plan: { planId, regionCode }, line: { lineId }, batch: { number } }: PlannedDraw): string =>
  deriveDrawId(hash, { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch: number, attempt: 1 })
