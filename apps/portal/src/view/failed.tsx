import { useText } from '../text/language.tsx'

export function Failed({ reason, onRetry }: { readonly reason: string; readonly onRetry: () => void }) {
  const text = useText()
  return (
    <div role="alert" className="notice bad">
      <p>{text.failed(reason)}</p>
      <button type="button" onClick={onRetry}>
        {text.retry}
      </button>
    </div>
  )
}
