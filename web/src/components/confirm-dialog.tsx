import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

interface ConfirmDialogProps {
  readonly open: boolean
  readonly title: string
  readonly confirm: string
  readonly tone?: 'primary' | 'stop'
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The last question before an act that cannot be undone. */
export function ConfirmDialog({
  open,
  title,
  confirm,
  tone = 'primary',
  busy,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  return (
    <ModalOverlay className="backdrop" isOpen={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <div className="dialog__actions">
            <button className={`button button--${tone}`} type="button" disabled={busy} onClick={onConfirm}>
              {busy ? 'One moment' : confirm}
            </button>
            <button className="button" type="button" disabled={busy} onClick={onClose}>
              Go back
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
