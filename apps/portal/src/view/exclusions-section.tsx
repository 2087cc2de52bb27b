import { type Commitment, type ExclusionCount, partsOf } from '@dual-random/draw'
import { groundWords } from '@dual-random/verify'
import { useLanguage, useText } from '../text/language.tsx'

/** How many were excluded on which ground: of every city by itself where several draw together, the organiser's first. */
export function ExclusionsSection({ commitment }: { readonly commitment: Commitment }) {
  const words = useText().draw.exclusions
  return (
    <section data-exclusions>
      <h2>{words.title}</h2>
      {partsOf(commitment).map(({ snapshot: { regionCode, exclusions } }) => (
        <div key={regionCode} data-region={regionCode}>
          {commitment.joint !== undefined && <h3>{regionCode}</h3>}
          <Counts
            counts={exclusions.counts}
            caption={commitment.joint === undefined ? words.caption : `${words.caption} (${regionCode})`}
          />
        </div>
      ))}
    </section>
  )
}

function Counts({ counts, caption }: { readonly counts: readonly ExclusionCount[]; readonly caption: string }) {
  const { text, language } = useLanguage()
  const words = text.draw.exclusions
  if (counts.length === 0) return <p>{words.none}</p>
  return (
    <table>
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.ground}</th>
          <th scope="col">{words.count}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ ground, count }) => (
          <tr key={ground}>
            <th scope="row">{groundWords(ground)[language]}</th>
            <td className="number">{text.count(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
