import type { Commitment } from '@dual-random/draw'
import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import type { Text } from '../text/zh.ts'
import { Digests } from './digest.tsx'
import type { ShownDraw } from './draw-page.tsx'

export function CommitmentSection({ shown: { draw, commitment } }: { readonly shown: ShownDraw }) {
  const text = useText()
  const words = text.draw.commitment
  return (
    <section>
      <h2>{words.title}</h2>
      {commitment === undefined ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p>{words.intro}</p>
          <dl className="facts">
            <div>
              <dt>{words.at}</dt>
              <dd>{text.instant(commitment.committedAt)}</dd>
            </div>
            <div>
              <dt>{words.assurance}</dt>
              <dd>{words.assurances[commitment.assurance] ?? commitment.assurance}</dd>
            </div>
            <div>
              <dt>{words.witnesses}</dt>
              <dd>{words.witnessed(commitment.witnesses.count, commitment.witnesses.quorum)}</dd>
            </div>
          </dl>
        </>
      )}
      <h3>{words.digests}</h3>
      <Digests of={digestsOf(draw, commitment, words.names)} />
      {commitment !== undefined && <p className="quiet">{words.signedBy(commitment.snapshotSignature.keyId)}</p>}
    </section>
  )
}

function digestsOf(
  draw: PublicDraw,
  s: Commitment | undefined,
  names: Text['draw']['commitment']['names'],
): readonly (readonly [string, string])[] {
  return [
    ...(draw.commitment === undefined ? [] : [[names.commitment, draw.commitment.digest] as const]),
    [names.snapshot, draw.snapshotDigest],
    [draw.clueTask === undefined ? names.line : names.clueTask, draw.clueTask?.digest ?? draw.lineDigest ?? ''],
    [names.policy, draw.policy.digest],
    ...(s === undefined
      ? []
      : ([
          [names.root, s.snapshot.root],
          [names.roster, s.snapshot.rosterDigest],
          [names.credit, s.snapshot.creditLoadDigest],
          [names.registration, s.snapshot.registrationLoadDigest],
          [names.objects, s.snapshot.privateFileDigest],
          [names.exclusions, s.snapshot.exclusions.privateFileDigest],
          [names.key, s.snapshot.keyDigest],
          ...s.matchInputs.map(({ unitId, digest }) => [names.match(unitId), digest] as const),
          ...s.tips.map(({ unitId, tip }) => [names.tip(unitId), tip] as const),
        ] as const)),
    ...(draw.transcript === undefined ? [] : [[names.transcript, draw.transcript.digest] as const]),
    ...(draw.match === undefined ? [] : [[names.matching, draw.match.digest] as const]),
    ...(draw.closing === undefined ? [] : [[names.closing, draw.closing.digest] as const]),
  ]
}
