import { type Commitment, type DrawPart, partsOf } from '@dual-random/draw'
import { assuranceWords } from '@dual-random/verify'
import type { PublicDraw } from '../api/public-draw.ts'
import { useLanguage } from '../text/language.tsx'
import type { Text } from '../text/zh.ts'
import { Digests } from './digest.tsx'
import type { ShownDraw } from './draw-page.tsx'

export function CommitmentSection({ shown: { draw, commitment } }: { readonly shown: ShownDraw }) {
  const { text, language } = useLanguage()
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
              <dd>{assuranceWords(commitment)[language]}</dd>
            </div>
            <div>
              <dt>{words.witnesses}</dt>
              {partsOf(commitment).map(({ snapshot: { regionCode }, witnesses: { count, quorum } }) => (
                <dd key={regionCode}>
                  {commitment.joint !== undefined && <strong>{regionCode} </strong>}
                  {words.witnessed(count, quorum)}
                </dd>
              ))}
            </div>
          </dl>
        </>
      )}
      <h3>{words.digests}</h3>
      <Digests of={digestsOf(draw, commitment, words.names)} />
      {commitment !== undefined && <p className="quiet">{words.signedBy(commitment.snapshotSignature.keyId)}</p>}
      {commitment?.joint?.parts.map((part) => (
        <div key={part.snapshot.regionCode} data-part={part.snapshot.regionCode}>
          <h3>{words.digestsOf(part.snapshot.regionCode)}</h3>
          <Digests of={poolDigestsOf(part, words.names)} />
          <p className="quiet">{words.signedBy(part.snapshotSignature.keyId)}</p>
        </div>
      ))}
    </section>
  )
}

/** What one city's registry froze. */
const poolDigestsOf = ({ snapshot }: DrawPart, names: Text['draw']['commitment']['names']): readonly (readonly [string, string])[] => [
  [names.root, snapshot.root],
  [names.roster, snapshot.rosterDigest],
  [names.credit, snapshot.creditLoadDigest],
  [names.registration, snapshot.registrationLoadDigest],
  [names.objects, snapshot.privateFileDigest],
  [names.exclusions, snapshot.exclusions.privateFileDigest],
  [names.key, snapshot.keyDigest],
]

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
          ...poolDigestsOf(s, names),
          ...s.matchInputs.map(({ unitId, digest }) => [names.match(unitId), digest] as const),
          ...s.tips.map(({ unitId, tip }) => [names.tip(unitId), tip] as const),
        ] as const)),
    ...(draw.transcript === undefined ? [] : [[names.transcript, draw.transcript.digest] as const]),
    ...(draw.match === undefined ? [] : [[names.matching, draw.match.digest] as const]),
    ...(draw.closing === undefined ? [] : [[names.closing, draw.closing.digest] as const]),
  ]
}
