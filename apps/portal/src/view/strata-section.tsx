import type { PublicStratum } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { percentOfShare, shareText, sumOf } from './numbers.ts'

export function StrataSection({ strata }: { readonly strata: readonly PublicStratum[] }) {
  const text = useText()
  const words = text.draw.strata
  const isCommitted = strata.some(({ drawn }) => drawn !== undefined)
  return (
    <section>
      <h2>{words.title}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={words.caption}>
        <table>
          <caption className="hidden">{words.caption}</caption>
          <thead>
            <tr>
              {[words.stratum, words.mapped, words.eligible, words.ratio, words.raw, words.n].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {strata.map((one) => (
              <tr key={one.stratum}>
                <th scope="row">{text.stratumName(one.stratum)}</th>
                <td className="number">{text.count(one.mapped)}</td>
                <td className="number">{text.count(one.eligible)}</td>
                <td className="number">{one.ratio === undefined ? (isCommitted ? words.fixed : '—') : percentOfShare(one.ratio)}</td>
                <td className="number">{one.raw === undefined ? '—' : shareText(one.raw)}</td>
                <td className="number">
                  {one.drawn === undefined ? '—' : text.count(one.drawn)}
                  {one.overshoot === true && <small> {words.overshoot}</small>}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{words.total}</th>
              <td className="number">{text.count(sumOf(strata, ({ mapped }) => mapped))}</td>
              <td className="number">{text.count(sumOf(strata, ({ eligible }) => eligible))}</td>
              <td />
              <td />
              <td className="number">{isCommitted ? text.count(sumOf(strata, ({ drawn = 0 }) => drawn)) : '—'}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}
