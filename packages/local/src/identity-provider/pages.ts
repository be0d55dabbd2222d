import { Html, html } from './html.ts'
import { page } from './page.ts'

/** The sign-in page. `action` is where it posts to. */
export function signInPage(view: { readonly clientName: string; readonly action: string; readonly name?: string; readonly problem?: string }): string {
  const alert = view.problem === undefined ? undefined : html`<p class="alert" role="alert" id="problem">${view.problem}</p>`
  const described = view.problem === undefined ? undefined : html` aria-invalid="true" aria-describedby="problem"`
  // The name is kept after a failure, so the password is what there is to do.
  const focus = (wanted: boolean): Html | undefined => (wanted ? html` autofocus` : undefined)
  return page(
    'Sign in',
    html`<p>to continue to ${view.clientName}</p>
      ${alert}
      <form method="post" action="${view.action}">
        <label for="name">Name</label>
        <input
          id="name"
          name="name"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          maxlength="200"
          value="${view.name}"
          ${described}${focus(!view.name)}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="1000"
          ${described}${focus(Boolean(view.name))}
        />
        <button type="submit" name="answer" value="sign-in">Sign in</button>
      </form>`,
  )
}

/** Asks before signing out. `form` is the provider's own, and names itself `op.logoutForm`. */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    html`<p>This signs you out of every application that uses this sign-in. To stay signed in, close this page.</p>
      ${new Html(form)}
      <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  )
}

/** After signing out. */
export function signedOutPage(): string {
  return page('Signed out', html`<p>You are signed out of Sundial. You can close this page.</p>`)
}

/** Something was wrong with a request: the code is OAuth's own word for it. */
export function errorPage(code: string, description: string | undefined): string {
  return page(
    'This did not work',
    html`<p class="alert" role="alert">${description ?? 'Something went wrong.'}</p>
      <p>Code: ${code}. Go back to the application and sign in again.</p>`,
  )
}
