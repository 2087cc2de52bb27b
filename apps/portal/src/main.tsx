import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles.css'
import { LanguageProvider } from './text/language.tsx'
import { App } from './view/app.tsx'

const place = document.getElementById('app')
if (place === null) throw new Error('index.html has no #app')
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <App />
    </LanguageProvider>
  </StrictMode>,
)
