import { downloadBundle } from '../api/download-bundle.ts'
import type { PublicDraw } from '../api/public-draw.ts'
import { useText } from '../text/language.tsx'
import { PinnedKeysChoice } from './pinned-keys-choice.tsx'
import { useVerification } from './use-verification.ts'
import { VerificationStatus } from './verdict.tsx'

/** "Verify it yourself" of one draw, from the files as they are served. */
export function VerifySection({ draw }: { readonly draw: PublicDraw }) {
  const words = useText().verify
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
      <PinnedKeysChoice regionCode={draw.regionCode} />
      <VerificationStatus verification={verification} onCancel={cancel} />
    </section>
  )
}
