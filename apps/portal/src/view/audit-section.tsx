import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'

/** From the match on: who audited the draw, and one that is due or missing (docs/draw-protocol.md §22). */
export function AuditSection({ audit }: Pick<PublicDraw, 'audit'>) {
  const text = useText()
  const words = text.draw.audit
  if (audit === undefined) return null
  const { done, dueAt, missing } = audit
  return (
    <section>
      <h2>{words.title}</h2>
      <p>{words.intro}</p>
      {done.length > 0 && (
        <ul>
          {done.map(({ unitId, at, findings }) => (
            <li key={`${unitId} ${at}`}>{words.done(unitId, text.instant(at), findings)}</li>
          ))}
        </ul>
      )}
      {missing && dueAt !== undefined && <p role="alert">{words.missing(text.instant(dueAt))}</p>}
      {!missing && done.length === 0 && <p>{dueAt === undefined ? words.none : words.due(text.instant(dueAt))}</p>}
    </section>
  )
}
