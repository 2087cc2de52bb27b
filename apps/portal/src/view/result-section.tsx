import type { DrawnStratum } from '@dual-random/draw'
import { useText } from '../text/language.tsx'
import { CheckBatches } from './check-batches.tsx'
import { Digest } from './digest.tsx'
import type { ShownDraw } from './draw-page.tsx'
import { sumOf } from './numbers.ts'
import { ResultPicture } from './result-picture.tsx'

const shownTickets = 20

export function ResultSection({ shown: { draw, signed } }: { readonly shown: ShownDraw }) {
  const text = useText()
  const words = text.draw.result
  const transcript = signed?.transcript
  if (draw.voided !== undefined || (draw.failed !== undefined && transcript === undefined)) return null
  return (
    <section>
      <h2>{words.title}</h2>
      {transcript === undefined ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p className="lead">
            {words.desc(
              sumOf(transcript.strata, ({ drawn }) => drawn.length),
              sumOf(draw.strata, ({ eligible }) => eligible),
            )}
          </p>
          <ResultPicture strata={draw.strata} drawn={transcript.strata} />
          <CheckBatches batches={transcript.batches} />
          <p className="quiet">{words.hidden}</p>
          <dl className="digests">
            <div>
              <dt>{words.seed}</dt>
              <dd>
                <Digest hex={transcript.seed} />
              </dd>
            </div>
          </dl>
          {transcript.strata
            .filter(({ drawn }) => drawn.length > 0)
            .map((one) => (
              <Tickets key={one.stratum} stratum={one} batches={transcript.batches} />
            ))}
        </>
      )}
    </section>
  )
}

function Tickets({
  stratum: { stratum, drawn },
  batches,
}: {
  readonly stratum: DrawnStratum
  readonly batches: readonly (readonly string[])[]
}) {
  const text = useText()
  const words = text.draw.result
  const shown = drawn.slice(0, shownTickets)
  return (
    <details>
      <summary>{words.tickets(text.stratumName(stratum), shown.length, drawn.length)}</summary>
      <table className="cards">
        <thead>
          <tr>
            {[words.rank, words.ticket, words.label, words.batch].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ label, ticket }, index) => (
            <tr key={label}>
              <th scope="row">{index + 1}</th>
              <td data-name={words.ticket}>
                <Digest hex={ticket} />
              </td>
              <td data-name={words.label}>
                <Digest hex={label} />
              </td>
              <td data-name={words.batch} className="number">
                {batches.findIndex((labels) => labels.includes(label)) + 1}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
