import { useId } from 'react'
import { useText } from '../text/language.tsx'
import { fallSteps, type StratumFall } from '../work/fall.ts'
import { percentOf } from './numbers.ts'
import { useSize } from './use-size.ts'

interface FallPictureProps {
  readonly fall: StratumFall
  readonly step: number
  /** Where the cut-off ends, as a share of the scale; undefined where nothing is drawn. */
  readonly cutOff: number | null | undefined
}

/** One stratum's tickets on their way down to the scale, and the cut-off so far. */
export function FallPicture({ fall, step, cutOff }: FallPictureProps) {
  const text = useText()
  const words = text.draw.fall
  const name = text.stratumName(fall.stratum)
  const [titleId, descId] = [useId(), useId()]
  const [figure, { width, unit }] = useSize<HTMLElement>()
  const [height, ground] = [96 * unit, 72 * unit]
  const now = step / fallSteps
  const line = fall.cutOffs[step] ?? null
  const scale = percentOf(fall.scale, 1)
  const last = cutOff === undefined || cutOff === null ? '—' : percentOf(cutOff * fall.scale, 1)
  return (
    <figure className="fall" ref={figure}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${titleId} ${descId}`}>
        <title id={titleId}>{words.label(name)}</title>
        <desc id={descId}>{words.desc(name, fall.eligible, fall.n, last)}</desc>
        <line className="axis" x1={0} x2={width} y1={ground} y2={ground} />
        {fall.dots
          .filter(({ at }) => at <= now)
          .map(({ at, x, isDrawn }) => {
            // A ticket takes a twelfth of the whole to come down.
            const fallen = Math.min(1, (now - at) * 12)
            const isIn = line !== null && x <= line
            const y = unit * 6 + (step === fallSteps ? 1 : fallen) * (ground - unit * 12)
            return isIn || (step === fallSteps && isDrawn) ? (
              <circle key={`${at} ${x}`} className="drawn" cx={x * width} cy={y} r={4.5 * unit} />
            ) : (
              <rect key={`${at} ${x}`} className="missed" x={x * width - 3 * unit} y={y - 3 * unit} width={6 * unit} height={6 * unit} />
            )
          })}
        {line !== null && (
          <>
            <line className="cut-off" x1={line * width} x2={line * width} y1={0} y2={ground + 4 * unit} />
            <text className="cut-off-name" x={line * width + (line > 0.8 ? -5 : 5)} y={14 * unit} textAnchor={line > 0.8 ? 'end' : 'start'}>
              {words.cutOff}
            </text>
          </>
        )}
        <text className="tick" x={0} y={height - 4 * unit}>
          0
        </text>
        <text className="tick" x={width} y={height - 4 * unit} textAnchor="end">
          {scale}
        </text>
      </svg>
      <figcaption>
        <strong>{name}</strong> <span className="key drawn" /> {words.drawn} <span className="key missed" /> {words.missed} ·{' '}
        {words.desc(name, fall.eligible, fall.n, last)} {words.scale(scale)}
        {fall.oneOf > 1 && ` · ${words.oneOf(fall.oneOf)}`}
      </figcaption>
    </figure>
  )
}
