import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { Digest } from './digest.tsx'

export function WhatSection({ draw }: { readonly draw: PublicDraw }) {
  const text = useText()
  const words = text.draw
  const facts: readonly (readonly [string, string])[] = [
    [words.task, draw.taskName],
    [words.organiser, draw.unitId],
    [words.region, draw.regionCode],
    [words.plan, `${draw.planId} / ${draw.lineId}`],
    [words.batch, text.list.batch(draw.batch, draw.attempt)],
    [words.window, `${draw.window.start} – ${draw.window.end}`],
    [words.asOf, text.instant(draw.asOf)],
    [words.policy, `${draw.policy.preset} v${draw.policy.version}`],
  ]
  return (
    <section>
      <h2>{words.what}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className="wide">
          <dt>{words.drawId}</dt>
          <dd>
            <Digest hex={draw.drawId} />
          </dd>
        </div>
      </dl>
      {draw.attempt > 1 && <p className="notice">{words.attempt(draw.attempt)}</p>}
    </section>
  )
}
