import { downloadBundle } from '../api/download-bundle.ts'
import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { Link } from './link.tsx'
import { PinnedKeysChoice } from './pinned-keys-choice.tsx'
import { useVerification } from './use-verification.ts'
import { VerificationStatus } from './verdict.tsx'

/** The organiser's region first. */
const regionsOf = ({ regionCode, joint }: PublicDraw): readonly string[] => joint?.cities.map((city) => city.regionCode) ?? [regionCode]

/** "Verify it yourself" of one draw, from the files as they are served. */
export function VerifySection({ draw }: { readonly draw: PublicDraw }) {
  const { verify: words, nav } = useText()
  const { verification, start, cancel } = useVerification()
  const { drawId } = draw
  const run = (): void => void start(async (signal) => ({ bundle: await downloadBundle(drawId, signal), drawId }))
  return (
    <section id="verify">
      <h2>{words.title}</h2>
      <p>{words.intro}</p>
      <button
        type="button"
        className="primary"
        onClick={run}
        disabled={verification.state === 'gathering' || verification.state === 'running'}
      >
        {verification.state === 'done' ? words.again : words.start}
      </button>
      {regionsOf(draw).map((regionCode) => (
        <PinnedKeysChoice key={regionCode} regionCode={regionCode} />
      ))}
      <VerificationStatus verification={verification} onCancel={cancel} />
      <p>
        {words.ownHint} <Link to={{ page: 'opening' }}>{nav.opening}</Link>
      </p>
    </section>
  )
}
