import type { ExclusionCount } from '@dual-random/draw'
import { useText } from '../text/language.tsx'

export function ExclusionsSection({ counts }: { readonly counts: readonly ExclusionCount[] }) {
  const text = useText()
  const words = text.draw.exclusions
  return (
    <section>
      <h2>{words.title}</h2>
      {counts.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table>
          <caption className="hidden">{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.ground}</th>
              <th scope="col">{words.count}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ ground, count }) => (
              <tr key={ground}>
                <th scope="row">{words.grounds[ground] ?? ground}</th>
                <td className="number">{text.count(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
