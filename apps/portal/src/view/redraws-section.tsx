import type { PublicDraw, RedrawApproval } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { Link } from './link.tsx'

/** What a draw follows, or what follows it, with reasons and approval: who had to leave and why so often (DRW-30). */
export function RedrawsSection({ draw: { redraw, redraws } }: { readonly draw: PublicDraw }) {
  const text = useText()
  const words = text.draw.redraws
  if (redraw !== undefined) {
    return (
      <section data-redraw={redraw.number}>
        <h2>{words.follows}</h2>
        <p>
          {words.explained[redraw.purpose]} <Link to={{ page: 'draw', drawId: redraw.parentDrawId }}>{words.parent}</Link>
        </p>
        <Approval approval={redraw.approval} />
      </section>
    )
  }
  if (redraws === undefined) return null
  return (
    <section>
      <h2>{words.followed}</h2>
      <p>{words.kept}</p>
      <ol>
        {redraws.map((each) => (
          <li key={`${each.regionCode ?? ''} ${each.number}`} value={each.number}>
            {each.regionCode !== undefined && <span data-city={each.regionCode}>{each.regionCode} </span>}
            {each.drawId === undefined ? (
              words.purposes[each.purpose]
            ) : (
              <Link to={{ page: 'draw', drawId: each.drawId }}>{words.purposes[each.purpose]}</Link>
            )}
            <Approval approval={each} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Approval({ approval: { approvedAt, unitId, reasons } }: { readonly approval: RedrawApproval }) {
  const text = useText()
  const words = text.draw.redraws
  return (
    <p className="quiet">
      {words.approved(unitId, text.instant(approvedAt))}{' '}
      {reasons.map(({ reason, count }) => words.reason(words.reasons[reason] ?? reason, count)).join(words.separator)}
    </p>
  )
}
