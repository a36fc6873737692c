import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './icons';

interface NoticeProps {
  readonly tone: 'red' | 'amber' | 'teal';
  readonly title?: string;
  readonly role?: 'alert' | 'status';
  /** Takes the focus once, when it appears: what had it is gone. */
  readonly focus?: boolean;
  readonly children?: ReactNode;
}

/** Something to be read before going on, where it concerns. */
export function Notice({ tone, title, role, focus = false, children }: NoticeProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);
  return (
    <div ref={box} className="e-note" data-tone={tone} role={role} tabIndex={focus ? -1 : undefined}>
      <span className="e-note-icon">
        <Icon name={tone === 'teal' ? 'check' : 'warning'} />
      </span>
      <div>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
