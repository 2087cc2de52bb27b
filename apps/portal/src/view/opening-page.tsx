import type { NamedFile } from '@dual-random/draw/forms'
import { useState } from 'react'
import { downloadBundle } from '../api/download-bundle.ts'
import { useText } from '../text/language.tsx'
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
      <VerificationStatus verification={verification} onCancel={cancel} />
    </>
  )
}

/** The draw that an opening is of; whatever else is wrong with it, the verification says. */
function drawIdOf({ bytes }: NamedFile): string | undefined {
  const text = new TextDecoder().decode(bytes)
  if (!text.includes('"dual-random/opening/v1"')) return undefined
  return /"drawId":"([0-9a-f]{64})"/.exec(text)?.[1]
}
