import type { NamedFile } from '@dual-random/draw/forms'
import type { Words } from '@dual-random/verify'
import { useState } from 'react'
import { sortFiles, withFurther } from '../files/sort-files.ts'
import { useLanguage } from '../text/language.tsx'
import { DropZone } from './drop-zone.tsx'
import { Title } from './title.tsx'
import { useVerification } from './use-verification.ts'
import { VerificationStatus } from './verdict.tsx'

/** Verification of files that somebody has; no request is made. */
export function VerifyPage() {
  const { text, language } = useLanguage()
  const words = text.verify
  const { verification, start, cancel } = useVerification()
  const [problem, setProblem] = useState<Words>()
  const [waiting, setWaiting] = useState<readonly NamedFile[]>([])
  const take = (files: readonly NamedFile[]): void => {
    const chosen = withFurther(waiting, files)
    const sorted = sortFiles(chosen)
    setWaiting('isIncomplete' in sorted ? chosen : [])
    if ('problem' in sorted) {
      setProblem(sorted.problem)
      cancel()
    } else {
      setProblem(undefined)
      void start(() => Promise.resolve(sorted))
    }
  }
  return (
    <>
      <Title name={words.dropTitle} />
      <p>{words.dropIntro}</p>
      <DropZone label={words.choose} isMultiple onFiles={take} />
      {problem !== undefined && (
        <p role="alert" className="notice bad">
          {problem[language]}
        </p>
      )}
      <VerificationStatus verification={verification} onCancel={cancel} />
    </>
  )
}
