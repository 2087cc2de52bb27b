import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import type { Text } from '../text/zh.ts'
import { Digest } from './digest.tsx'

/** A targeted draw says so, and on how many clues it is; any other names its line. */
const subjectFacts = ({ planId = '', lineId = '', clueTask }: PublicDraw, words: Text['draw']): readonly (readonly [string, string])[] =>
  clueTask === undefined
    ? [[words.plan, `${planId} / ${lineId}`]]
    : [
        [words.kind, words.targeted(clueTask.clueIds.length)],
        [words.clueTask, clueTask.taskId],
      ]

/** Who draws together, the organiser's city first, and whether strata of one name are one. */
const citiesFacts = ({ joint }: PublicDraw, words: Text['draw']): readonly (readonly [string, string])[] =>
  joint === undefined
    ? []
    : [
        [
          words.cities,
          words.together(
            joint.cities.map(({ regionCode }) => regionCode),
            joint.merged,
          ),
        ],
      ]

export function WhatSection({ draw }: { readonly draw: PublicDraw }) {
  const text = useText()
  const words = text.draw
  const facts: readonly (readonly [string, string])[] = [
    [words.task, draw.taskName],
    [words.organiser, draw.unitId],
    [words.region, draw.regionCode],
    ...citiesFacts(draw, words),
    ...subjectFacts(draw, words),
    [words.batch, text.list.batch(draw)],
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
