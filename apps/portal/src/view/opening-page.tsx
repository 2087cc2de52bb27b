import { useState } from 'react'
import { downloadBundle } from '../api/download-bundle.ts'
import { useText } from '../text/language.tsx'
import type { NamedFile, OwnPlace } from '../verify/index.ts'
import { Digest } from './digest.tsx'
import { DropZone } from './drop-zone.tsx'
import { Title } from './title.tsx'
import { useVerification } from './use-verification.ts'
import { VerificationStatus } from './verdict.tsx'

/** "Was I drawn?": an object's own opening, against the public files of its draw. */
export function OpeningPage() {
  const text = useText()
  const words = text.opening
  const { verification, start, cancel } = useVerification()
  const [isOther, setOther] = useState(false)
  const take = ([file]: readonly NamedFile[]): void => {
    const drawId = file === undefined ? undefined : drawIdOf(file)
    setOther(drawId === undefined)
    if (file === undefined || drawId === undefined) return cancel()
    void start(async (signal) => ({ bundle: { ...(await downloadBundle(drawId, signal)), opening: file }, drawId }))
  }
  const own =
    verification.state === 'done' && 'findings' in verification.result.verdict ? verification.result.verdict.findings.own : undefined
  return (
    <>
      <Title name={words.title} />
      <p>{words.intro}</p>
      <DropZone label={text.verify.choose} isMultiple={false} onFiles={take} />
      {isOther && (
        <p role="alert" className="notice bad">
          {words.notOpening}
        </p>
      )}
      {own !== undefined && <OwnPlaceShown own={own} />}
      {verification.state !== 'idle' && (
        <section>
          {own !== undefined && <h2>{words.wholeDraw}</h2>}
          <VerificationStatus verification={verification} onCancel={cancel} />
        </section>
      )}
    </>
  )
}

/** The draw that an opening is of; whatever else is wrong with it, the verification says. */
function drawIdOf({ bytes }: NamedFile): string | undefined {
  const text = new TextDecoder().decode(bytes)
  if (!text.includes('"dual-random/opening/v1"')) return undefined
  return /"drawId":"([0-9a-f]{64})"/.exec(text)?.[1]
}

function OwnPlaceShown({ own }: { readonly own: OwnPlace }) {
  const text = useText()
  const words = text.opening
  const verdicts = { drawn: words.drawn, 'not-drawn': words.notDrawn, excluded: words.excluded }
  const { outcome, id, label, index, size, path, root, stratum, ticket, cutOff, batch } = own
  return (
    <section data-own={outcome} role="status">
      <p className={`notice verdict-name ${outcome}`}>
        {verdicts[outcome]} {batch !== undefined && <small>{words.batch(batch)}</small>}
      </p>
      <h2>{words.steps}</h2>
      <ol className="steps">
        <li className="anywhere">{words.label(id, label)}</li>
        <li>
          {words.path(index, size, path.length)} <Digest hex={root} />
        </li>
        <li>
          {words.ticket(text.stratumName(stratum))} <Digest hex={ticket} />
        </li>
        <li>
          {outcome === 'excluded' ? (
            words.excludedWhy
          ) : cutOff === null ? (
            words.noneDrawn
          ) : (
            <>
              {outcome === 'drawn' ? words.below : words.above} <Digest hex={cutOff} />
            </>
          )}
        </li>
      </ol>
    </section>
  )
}
