import { useId } from 'react'
import { drawFileUrl } from '../api/client.ts'
import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { percentOf } from './numbers.ts'

const width = 640
const height = 26

/** After closing: how many of the drawn were visited. */
export function ClosingSection({ draw }: { readonly draw: PublicDraw }) {
  const text = useText()
  const words = text.draw.closing
  const [titleId, descId] = [useId(), useId()]
  if (draw.transcript === undefined) return null
  if (draw.closing === undefined) {
    return (
      <section>
        <h2>{words.title}</h2>
        <p>{words.pending(text.instant(draw.closeAt))}</p>
      </section>
    )
  }
  const { visited, notVisited } = draw.closing
  const all = visited + notVisited
  const visitedWidth = all === 0 ? 0 : (visited * width) / all
  return (
    <section>
      <h2>{words.title}</h2>
      <figure className="result">
        <svg
          className="bar"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={`${titleId} ${descId}`}
        >
          <title id={titleId}>{words.caption}</title>
          <desc id={descId}>{words.desc(visited, notVisited)}</desc>
          <rect className="excluded" x={0} y={0} width={width} height={height} />
          <rect className="drawn" x={0} y={0} width={visitedWidth} height={height} />
        </svg>
        <figcaption>
          <span className="key drawn" /> {words.visited} {text.count(visited)} <small>{percentOf(visited, all)}</small>{' '}
          <span className="key excluded" /> {words.notVisited} {text.count(notVisited)} <small>{percentOf(notVisited, all)}</small>
        </figcaption>
      </figure>
      <p>
        <a href={drawFileUrl(draw.drawId, 'openings')} download={`${draw.drawId}.ndjson`}>
          {words.openings}
        </a>
      </p>
    </section>
  )
}
