"""Who says so and how firmly: attributions, quotations, asides, and the steps that decide a standing."""
