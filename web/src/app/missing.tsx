import { Link } from "react-router";
import { PageHeading } from "@/kit/layout";

/** An address without a page. */
export default function MissingPage() {
  return (
    <>
      <PageHeading title="There is no such page">The address may be mistyped, or what it named is gone.</PageHeading>
      <Link to="/" className="text-accent underline underline-offset-4">
        What needs you now
      </Link>
    </>
  );
}
