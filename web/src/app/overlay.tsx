import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

interface Props {
  title: string;
  /** Whether the title is shown or only spoken. */
  titleShown?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog over the page: holds the focus, closes on Escape and outside, gives the focus back. */
export function Overlay({ title, titleShown = true, onClose, children }: Props) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => open || onClose()}
      className="fixed inset-0 z-30 flex items-start justify-center bg-scrim px-4 pt-[12vh]"
    >
      <Modal className="w-full max-w-lg overflow-hidden rounded-l bg-raised shadow-raised">
        <Dialog className="flex max-h-[70vh] flex-col outline-none">
          <Heading slot="title" className={titleShown ? "px-5 pt-5 pb-3 text-section font-semibold" : "sr-only"}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
