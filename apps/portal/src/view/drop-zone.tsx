import type { NamedFile } from '@dual-random/draw/forms'
import { type DragEvent, useId, useState } from 'react'
import { chosenFiles, droppedFiles } from '../files/given-files.ts'
import { useText } from '../text/language.tsx'

interface DropZoneProps {
  readonly label: string
  readonly isMultiple: boolean
  readonly onFiles: (files: readonly NamedFile[]) => void
}

/** Takes files and folders by drag and drop, or files by a chooser that the keyboard reaches. */
export function DropZone({ label, isMultiple, onFiles }: DropZoneProps) {
  const text = useText()
  const [isOver, setOver] = useState(false)
  const [failure, setFailure] = useState<string>()
  const id = useId()
  const take = async (reading: Promise<readonly NamedFile[]>): Promise<void> => {
    try {
      const files = await reading
      setFailure(undefined)
      if (files.length > 0) onFiles(files)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  const drag = (isInside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isInside)
  }
  return (
    <>
      <div
        className={isOver ? 'drop over' : 'drop'}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event)
          void take(droppedFiles(event.dataTransfer))
        }}
      >
        <input
          id={id}
          className="hidden"
          type="file"
          multiple={isMultiple}
          onChange={({ currentTarget }) => {
            void take(chosenFiles(currentTarget.files)).then(() => {
              // So that the same files can be chosen again.
              currentTarget.value = ''
            })
          }}
        />
        <label htmlFor={id}>{label}</label>
      </div>
      {failure !== undefined && (
        <p role="alert" className="notice bad">
          {text.verify.unreadable(failure)}
        </p>
      )}
    </>
  )
}
