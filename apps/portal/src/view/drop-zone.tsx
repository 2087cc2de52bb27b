import type { NamedFile } from '@dual-random/draw/forms'
import { type DragEvent, useId, useState } from 'react'

interface DropZoneProps {
  readonly label: string
  readonly isMultiple: boolean
  readonly onFiles: (files: readonly NamedFile[]) => void
}

/** Takes files by drag and drop, or by a file chooser that the keyboard reaches. */
export function DropZone({ label, isMultiple, onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false)
  const id = useId()
  const take = async (list: FileList | null): Promise<void> => {
    const files = await Promise.all(
      [...(list ?? [])].map(async (file) => ({
        // A chosen folder tells rosters/ and openings/ apart.
        name: file.webkitRelativePath.split('/').slice(-2).join('/') || file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    )
    if (files.length > 0) onFiles(files)
  }
  const drag = (isInside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isInside)
  }
  return (
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event)
        void take(event.dataTransfer.files)
      }}
    >
      <input
        id={id}
        className="hidden"
        type="file"
        multiple={isMultiple}
        onChange={({ currentTarget }) => {
          void take(currentTarget.files).then(() => {
            // So that the same files can be chosen again.
            currentTarget.value = ''
          })
        }}
      />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
