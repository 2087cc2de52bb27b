import { useText } from '../text/language.tsx'
import type { OwnPlace } from '../work/verify-job.ts'
import { Digest } from './digest.tsx'

/** What an object's own opening proves (docs/draw-protocol.md §12): drawn, not drawn, or excluded, and why. */
export function OwnPlaceShown({ own }: { readonly own: OwnPlace }) {
  const text = useText()
  const words = text.opening
  const { outcome, id, label, index, size, steps, root, stratum, ticket, cutOff, rank, batch } = own
  const told = { DRAWN: 'drawn', NOT_DRAWN: 'not-drawn', EXCLUDED: 'excluded' }[outcome]
  return (
    <section data-own={told}>
      <p className={`notice verdict-name ${told}`}>
        {words.outcomes[outcome]} {batch !== null && rank !== null && <small>{words.place(rank, batch)}</small>}
      </p>
      <h3>{words.steps}</h3>
      <ol className="steps">
        <li className="anywhere">{words.label(id, label)}</li>
        <li>
          {words.path(index, size, steps)} <Digest hex={root} />
        </li>
        <li>
          {words.ticket(text.stratumName(stratum))} <Digest hex={ticket} />
        </li>
        <li>
          {outcome === 'EXCLUDED' ? (
            words.excludedWhy
          ) : cutOff === null ? (
            words.noneDrawn
          ) : (
            <>
              {outcome === 'DRAWN' ? words.below : words.above} <Digest hex={cutOff} />
            </>
          )}
        </li>
      </ol>
    </section>
  )
}

/** An opening that leads nowhere: what it does not prove, by the place where it breaks off. */
export function NotInRoster({ where }: { readonly where: string }) {
  const words = useText().opening
  const why = { '/drawId': words.otherDraw, '/label': words.otherLabel, '/size': words.otherRoster, '/index': words.otherRoster }[where]
  return (
    <section data-own="not-in-roster">
      <p className="notice verdict-name different">{words.notInRoster}</p>
      <p>{why ?? words.otherPath}</p>
    </section>
  )
}
