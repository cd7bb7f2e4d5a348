import { type ReactNode, useEffect, useRef } from 'react'

interface PageProps {
  readonly title: string
  readonly lede?: ReactNode
  readonly above?: ReactNode
  readonly actions?: ReactNode
  readonly wide?: boolean
  readonly children: ReactNode
}

/** The very first page of a visit leaves the focus at the top, where the skip link is. */
const visit = { begun: false }

/** One page: its title in the tab, its only h1 (focused on arrival so that screen readers start there), its main landmark. */
export function Page({ title, lede, above, actions, wide = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!visit.begun) {
      visit.begun = true
      return
    }
    if (document.activeElement === document.body || document.activeElement === null)
      heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <main id="main" className={wide ? 'main main--wide' : 'main'}>
      <title>{`${title} · Countenance`}</title>
      <div className="page-head">
        <div className="page-head__text">
          {above === undefined ? null : <div className="page-head__above">{above}</div>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lede === undefined ? null : <p className="page-head__lede">{lede}</p>}
        </div>
        {actions}
      </div>
      {children}
    </main>
  )
}
