import type { DrawnStratum } from '@dual-random/draw'
import { useId } from 'react'
import type { PublicStratum } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { percentOf, sumOf } from './numbers.ts'
import { useSize } from './use-size.ts'

interface ResultPictureProps {
  readonly strata: readonly PublicStratum[]
  readonly drawn: readonly DrawnStratum[]
}

/** A bar a stratum, on one scale: drawn, eligible and not drawn, excluded. The table below says the same. */
export function ResultPicture({ strata, drawn }: ResultPictureProps) {
  const text = useText()
  const words = text.draw.result
  const [titleId, descId] = [useId(), useId()]
  const [figure, { width, unit }] = useSize<HTMLElement>()
  const [nameWidth, rowHeight, barHeight] = [72 * unit, 34 * unit, 20 * unit]
  const widest = Math.max(1, ...strata.map(({ mapped }) => mapped))
  const rows = strata.map((one) => {
    const n = drawn.find(({ stratum }) => stratum === one.stratum)?.drawn.length ?? 0
    return { ...one, n, cutOff: drawn.find(({ stratum }) => stratum === one.stratum)?.cutOff ?? null }
  })
  const barOf = (count: number): number => (count * (width - nameWidth)) / widest
  return (
    <figure className="result" ref={figure}>
      <svg viewBox={`0 0 ${width} ${rows.length * rowHeight}`} role="img" aria-labelledby={`${titleId} ${descId}`}>
        <title id={titleId}>{words.caption}</title>
        <desc id={descId}>
          {words.desc(
            sumOf(rows, ({ n }) => n),
            sumOf(rows, ({ eligible }) => eligible),
          )}
        </desc>
        {rows.map(({ stratum, mapped, eligible, n }, index) => {
          const y = index * rowHeight + (rowHeight - barHeight) / 2
          // What is drawn is seen however little it is.
          const drawnWidth = n === 0 ? 0 : Math.max(3, barOf(n))
          return (
            <g key={stratum}>
              <text className="name" x={0} y={y + 15 * unit}>
                {text.stratumName(stratum)}
              </text>
              <rect className="excluded" x={nameWidth} y={y} width={barOf(mapped)} height={barHeight} />
              <rect className="eligible" x={nameWidth} y={y} width={barOf(eligible)} height={barHeight} />
              <rect className="drawn" x={nameWidth} y={y} width={drawnWidth} height={barHeight} />
            </g>
          )
        })}
      </svg>
      <figcaption>
        <span className="key drawn" /> {words.drawn} <span className="key eligible" /> {words.notDrawn} <span className="key excluded" />{' '}
        {words.excluded}
      </figcaption>
      <div className="scroll" tabIndex={0} role="region" aria-label={words.caption}>
        <table>
          <caption className="hidden">{words.caption}</caption>
          <thead>
            <tr>
              {[text.draw.strata.stratum, words.drawn, words.notDrawn, words.excluded, words.cutOff].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ stratum, mapped, eligible, n, cutOff }) => (
              <tr key={stratum}>
                <th scope="row">{text.stratumName(stratum)}</th>
                <td className="number">
                  {text.count(n)} <small>{words.share(percentOf(n, mapped))}</small>
                </td>
                <td className="number">{text.count(eligible - n)}</td>
                <td className="number">{text.count(mapped - eligible)}</td>
                <td>
                  {cutOff === null ? (
                    '—'
                  ) : (
                    <code className="short" title={cutOff}>
                      {cutOff.slice(0, 8)}…
                    </code>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
