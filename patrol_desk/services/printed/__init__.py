"""What the printed sheets show: one frozen data class a kind, and the services that fill them."""
