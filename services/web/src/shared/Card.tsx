import type { ComponentPropsWithoutRef } from "react";
import classes from "./Card.module.css";

/** A sheet on the paper. */
export function Card({ className = "", ...rest }: ComponentPropsWithoutRef<"section">) {
  return <section className={`${classes.card} ${classes.roomy} ${className}`} {...rest} />;
}
